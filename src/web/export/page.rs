//! Makes a page of the server one that stands by itself: links lead to files, and what only a server can do is left out.

use rustc_hash::FxHashSet;

use super::anchors::{Anchors, Wanted, line_id};
use super::html::{Act, Tag, rewrite};
use super::names::{From, Names, Place, decoded, relative};

/// What a page is made static with.
pub(super) trait Surroundings {
    /// Returns the names of all files.
    fn names(&self) -> &Names;
    /// Returns the path of the document that goes by another name.
    fn document_called(&self, name: &str) -> Option<String>;
    /// Tells whether an image is in the folder.
    fn has_image(&self, path: &str, file: &str) -> bool;
    /// Returns the fragment for a place of another page: nothing where it has none; `None` where nobody knows yet.
    fn fragment(&self, file: &str, wanted: &Wanted) -> Option<Option<(String, String)>>;
}

/// A page as it is written.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) html: String,
    pub(super) anchors: Anchors,
    /// What it links to.
    pub(super) places: Vec<Place>,
    /// Links to places that nobody knows yet.
    pub(super) pending: Vec<Pending>,
}

/// A link whose fragment may have to be another one.
#[derive(Debug)]
pub(super) struct Pending {
    /// The file with the link.
    pub(super) file: String,
    /// The address as it stands there.
    pub(super) href: String,
    /// The file that it leads to.
    pub(super) target: String,
    pub(super) wanted: Wanted,
}

/// Makes the page that is written to `file`.
pub(super) fn make(around: &impl Surroundings, file: &str, html: &str) -> Made {
    let anchors = Anchors::of(html);
    let mut page =
        Page { around, file, anchors: &anchors, lines: FxHashSet::default(), places: Vec::new(), pending: Vec::new() };
    let html = rewrite(html, |tag| page.visit(tag));
    let Page { places, pending, .. } = page;
    Made { html, places, pending, anchors }
}

struct Page<'a, S> {
    around: &'a S,
    file: &'a str,
    anchors: &'a Anchors,
    /// Lines whose passage has its id.
    lines: FxHashSet<u32>,
    places: Vec<Place>,
    pending: Vec<Pending>,
}

impl<S: Surroundings> Page<'_, S> {
    fn visit(&mut self, tag: &mut Tag<'_>) -> Act {
        if tag.has("data-served") {
            return Act::Drop;
        }
        if let Some(line) = tag.get("data-line").and_then(|line| line.parse().ok())
            && !tag.has("id")
            && self.lines.insert(line)
        {
            tag.set("id", &line_id(line));
        }
        match tag.name {
            "a" => self.link(tag),
            "form" => self.address(tag, "action"),
            "link" => self.address(tag, "href"),
            "script" | "img" => self.address(tag, "src"),
            _ => Act::Keep,
        }
    }

    fn link(&mut self, tag: &mut Tag<'_>) -> Act {
        let Some(href) = tag.get("href") else { return Act::Keep };
        if let Some(fragment) = href.strip_prefix('#') {
            let is_there = decoded(fragment).is_some_and(|it| it.is_empty() || self.anchors.has(&it));
            return if is_there { Act::Keep } else { Act::Unlink };
        }
        if !href.starts_with('/') {
            return Act::Keep;
        }
        // A word that only says "save this" says nothing without a link.
        let without = if tag.has("download") { Act::Drop } else { Act::Unlink };
        let Some((place, wanted)) = self.place(&href) else { return without };
        // Opened by itself an SVG may act like a page.
        if matches!(&place.from, From::Image(path) if path.to_ascii_lowercase().ends_with(".svg")) {
            return Act::Unlink;
        }
        if let From::Image(path) = &place.from
            && !self.around.has_image(path, &place.file)
        {
            return Act::Unlink;
        }
        let new = self.towards(&place, wanted);
        tag.set("href", &new);
        self.places.push(place);
        Act::Keep
    }

    /// Returns the place of an address, and the place wanted in it.
    fn place(&self, href: &str) -> Option<(Place, Option<Wanted>)> {
        let (url, fragment) = href.split_once('#').unwrap_or((href, ""));
        let named = || {
            // By an id, or in other letters.
            let path = self.around.document_called(&decoded(url.strip_prefix("/d/")?.split('?').next()?)?)?;
            Some(Place { file: self.around.names().document(&path)?, from: From::Document(path) })
        };
        let place = self.around.names().place(url).or_else(named)?;
        let line = url.split_once("?line=").and_then(|(_, line)| line.parse().ok());
        let wanted = match (&place.from, line) {
            (From::Document(path), Some(line)) => Some(Wanted::Line { path: path.clone(), line }),
            _ if url == "/paste" => Some(Wanted::Id("ris-paste".to_owned())),
            _ if place.file == self.file && !fragment.is_empty() && !self.anchors.has(&decoded(fragment)?) => None,
            _ => decoded(fragment).filter(|it| !it.is_empty()).map(Wanted::Id),
        };
        Some((place, wanted))
    }

    /// Returns the address of a place, as this page writes it.
    fn towards(&mut self, place: &Place, wanted: Option<Wanted>) -> String {
        let address = |file: &str| relative(self.file, file);
        let Some(wanted) = wanted else { return address(&place.file) };
        if place.file == self.file && matches!(wanted, Wanted::Id(_)) {
            let Wanted::Id(id) = wanted else { return address(&place.file) };
            return format!("#{}", crate::web::links::encode(&id));
        }
        match self.around.fragment(&place.file, &wanted) {
            Some(None) => address(&place.file),
            Some(Some((file, id))) => format!("{}#{}", address(&file), crate::web::links::encode(&id)),
            None => {
                let id = match &wanted {
                    Wanted::Id(id) => id.clone(),
                    Wanted::Line { line, .. } => format!("line-{line}"),
                };
                let href = format!("{}#{}", address(&place.file), crate::web::links::encode(&id));
                let (file, target) = (self.file.to_owned(), place.file.clone());
                self.pending.push(Pending { file, href: href.clone(), target, wanted });
                href
            }
        }
    }

    /// Turns an address that is no link.
    fn address(&mut self, tag: &mut Tag<'_>, name: &'static str) -> Act {
        let Some(url) = tag.get(name).filter(|url| url.starts_with('/')) else { return Act::Keep };
        match self.place(&url) {
            Some((Place { from: From::Image(path), file }, _)) if tag.name == "img" => {
                if !self.around.has_image(&path, &file) {
                    return Act::Drop;
                }
                tag.set(name, &relative(self.file, &file));
                Act::Keep
            }
            Some((place, _)) => {
                tag.set(name, &relative(self.file, &place.file));
                Act::Keep
            }
            None => Act::Drop,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Around(Names);

    impl Surroundings for Around {
        fn names(&self) -> &Names {
            &self.0
        }

        fn document_called(&self, name: &str) -> Option<String> {
            (name == "INC-1").then(|| "a.md".to_owned())
        }

        fn has_image(&self, path: &str, _: &str) -> bool {
            path == "there.png"
        }

        fn fragment(&self, file: &str, wanted: &Wanted) -> Option<Option<(String, String)>> {
            (file == "d/a.md.html").then(|| match wanted {
                Wanted::Id(id) => (id == "cause").then(|| (file.to_owned(), id.clone())),
                Wanted::Line { .. } => Some((file.to_owned(), "ris-l7".to_owned())),
            })
        }
    }

    fn made(html: &str) -> Made {
        let names = Names::new(["a.md", "x/b.md"].into_iter(), false);
        make(&Around(names), "tags/t.html", html)
    }

    fn html(html: &str) -> String {
        made(html).html
    }

    #[test]
    fn links_lead_to_files_or_are_none() {
        for (before, after) in [
            ("<a class=\"c\" href=\"/d/a.md\">x</a>", "<a class=\"c\" href=\"../d/a.md.html\">x</a>"),
            ("<a href=\"/d/INC-1\">x</a>", "<a href=\"../d/a.md.html\">x</a>"),
            ("<a href=\"/d/gone.md\" rel=\"next\">x</a>", "<span>x</span>"),
            ("<a href=\"/d/a.md#cause\">x</a>", "<a href=\"../d/a.md.html#cause\">x</a>"),
            ("<a href=\"/d/a.md#gone\">x</a>", "<a href=\"../d/a.md.html\">x</a>"),
            ("<a href=\"/d/a.md?line=9#ris-passage\">x</a>", "<a href=\"../d/a.md.html#ris-l7\">x</a>"),
            ("<a href=\"#there\">x</a><i id=\"there\"></i>", "<a href=\"#there\">x</a><i id=\"there\"></i>"),
            ("<a href=\"#gone\">x</a>", "<span>x</span>"),
            ("<a href=\"/actions.csv?state=done\" download>CSV</a>", ""),
            ("<a href=\"https://example.org/\">x</a>", "<a href=\"https://example.org/\">x</a>"),
            ("<form action=\"/search\"></form>", "<form action=\"../search.html\"></form>"),
            ("<form action=\"/search\" data-served><p></p></form>", ""),
            ("<link rel=\"alternate\" href=\"/feed.atom\">", ""),
            ("<img src=\"/files/there.png\"><img src=\"/files/gone.png\">", "<img src=\"../files/there.png\">"),
            ("<a href=\"/files/x.svg\">x</a>", "<span>x</span>"),
            (
                "<p data-line=\"3\">x</p><li data-line=\"3\">",
                "<p data-line=\"3\" id=\"ris-l3\">x</p><li data-line=\"3\">",
            ),
        ] {
            assert_eq!(html(before), after, "{before}");
        }
    }

    #[test]
    fn a_place_that_nobody_knows_yet_is_looked_for_later() {
        let made = made("<a href=\"/d/x/b.md?line=9#ris-passage\">x</a>");
        assert!(made.html.contains("\"../d/x/b.md.html#line-9\""), "{}", made.html);
        assert_eq!(made.pending[0].href, "../d/x/b.md.html#line-9");
        assert_eq!(made.places[0].from, From::Document("x/b.md".to_owned()));
    }
}
