//! temp
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = a.last().unwrap();
    let d = ris::parse::parse(p, &std::fs::read(p).unwrap(), &ris::parse::ParseOptions::default());
    println!("{}", ris::model::inspect_json(&d.document));
}
