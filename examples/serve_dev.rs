use std::sync::Arc;
fn main() {
    let mut args = std::env::args().skip(1);
    let root = args.next().unwrap();
    let port = args.next().map_or(7420, |p| p.parse().unwrap());
    let kb = ris::kb::KnowledgeBase::open(&ris::kb::OpenOptions {
        root: Some(root.into()),
        current_dir: ".".into(),
        clock: ris::clock::Clock::System,
    })
    .unwrap();
    let options = ris::web::ServeOptions { port, report: Arc::new(|m| eprintln!("{m}")), ..Default::default() };
    if let Err(e) = ris::web::serve(kb, options, |r| println!("listening on {}", r.url)) {
        eprintln!("{e}");
        std::process::exit(2)
    }
}
