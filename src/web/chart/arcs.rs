//! Names in rows, and arcs between those that belong together.
//!
//! A graph drawn so cannot become a tangle: every name stands on a line of its own and stays legible, and an arc is the
//! longer, the farther apart what it joins.

use super::{counted, percent, pixels};
use crate::web::view::grouped;

/// Height of a row.
const ROW: f64 = 26.0;
/// Space above the heading of a group.
const GAP: f64 = 10.0;
/// Width of the drawing of the arcs in its own units.
const WIDTH: f64 = 100.0;
/// Where names end, as a share of the width.
const NAMES: f64 = 0.46;
/// Share of the width of the narrowest screen that a digit takes.
const DIGIT: f64 = 0.02;
/// Characters of a name that fit beside the arcs.
const LONGEST: usize = 26;

/// A name.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// What it belongs to; a heading stands before the first of each group.
    pub(crate) group: String,
    pub(crate) name: String,
    /// What more is told of it.
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) count: u64,
}

/// A row as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) y: String,
    pub(crate) label: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) count: String,
}

/// An arc as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arc {
    pub(crate) path: String,
    pub(crate) width: String,
    pub(crate) title: String,
}

/// The chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arcs {
    pub(crate) name: String,
    pub(crate) height: String,
    /// Where names and numbers end.
    pub(crate) name_x: String,
    pub(crate) count_x: String,
    pub(crate) arcs_x: String,
    pub(crate) arcs_width: String,
    pub(crate) headings: Vec<(String, String)>,
    pub(crate) rows: Vec<Row>,
    pub(crate) arcs: Vec<Arc>,
}

impl Arcs {
    /// Lays out `nodes` in their order, and `links` between two of them (by position) with what each counts.
    pub(crate) fn new(name: String, nodes: &[Node], links: &[(usize, usize, u64)], unit: &str) -> Self {
        let (mut y, mut group) = (0.0, "");
        let (mut headings, mut rows, mut centres) = (Vec::new(), Vec::new(), Vec::new());
        for node in nodes {
            if node.group != group {
                group = &node.group;
                y += if rows.is_empty() { 0.0 } else { GAP };
                headings.push((pixels(y + ROW * 0.65), group.to_owned()));
                y += ROW;
            }
            rows.push(Row {
                y: pixels(y + ROW * 0.65),
                label: shortened(&node.name),
                title: node.title.clone(),
                url: node.url.clone(),
                count: grouped(node.count),
            });
            centres.push(y + ROW / 2.0);
            y += ROW;
        }
        let most = links.iter().map(|it| it.2).max().unwrap_or(1).max(1) as f64;
        let span = y.max(1.0);
        let arc = |&(a, b, count): &(usize, usize, u64)| {
            let (from, to) = (centres[a.min(b)], centres[a.max(b)]);
            // A curve reaches three quarters of the way to its control points.
            let reach = (0.16 + 0.84 * ((to - from) / span).sqrt()) * WIDTH / 0.75;
            Arc {
                path: format!("M0 {from:.1}C{reach:.1} {from:.1} {reach:.1} {to:.1} 0 {to:.1}"),
                width: format!("{:.1}", 1.0 + 3.5 * (count as f64 / most)),
                title: format!("{} and {}: {}", nodes[a.min(b)].name, nodes[a.max(b)].name, counted(count, unit)),
            }
        };
        let digits = rows.iter().map(|row| row.count.len()).max().unwrap_or(0);
        let counts = NAMES + 0.02 + DIGIT * digits.max(2) as f64;
        Self {
            name,
            height: pixels(y),
            name_x: percent(NAMES),
            count_x: percent(counts),
            arcs_x: percent(counts + 0.01),
            arcs_width: percent(0.99 - counts),
            headings,
            arcs: links.iter().map(arc).collect(),
            rows,
        }
    }
}

fn shortened(name: &str) -> String {
    match name.char_indices().nth(LONGEST) {
        Some(_) => name.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(group: &str, name: &str) -> Node {
        Node { group: group.into(), name: name.into(), title: String::new(), url: String::new(), count: 1 }
    }

    #[test]
    fn every_name_has_a_row_and_every_group_a_heading() {
        let nodes = [node("A", "one"), node("A", "two"), node("B", "three")];
        let chart = Arcs::new("x".into(), &nodes, &[(0, 2, 4), (1, 0, 1)], "incidents");
        assert_eq!(chart.headings.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!((chart.rows.len(), chart.arcs.len()), (3, 2));
        assert_eq!(chart.arcs[0].title, "one and three: 4 incidents");
        assert_eq!(chart.arcs[1].title, "one and two: 1 incident");
        assert!(chart.arcs[1].title.starts_with("one and two"));
    }

    #[test]
    fn a_long_number_has_its_own_room() {
        let large = Node { count: 4680, ..node("A", "missing-validation") };
        let chart = |node: Node| Arcs::new("x".into(), &[node], &[], "incidents");
        let end = |chart: &Arcs| chart.count_x.trim_end_matches('%').parse::<f64>().unwrap();
        let (large, small) = (chart(large), chart(node("A", "one")));
        assert_eq!(large.rows[0].count, "4,680");
        assert!(end(&large) - end(&small) > 5.0, "{} and {}", large.count_x, small.count_x);
    }

    #[test]
    fn arcs_stay_inside_however_many_there_are() {
        let nodes: Vec<Node> = (0..60).map(|at| node("A", &format!("n{at}"))).collect();
        let chart = Arcs::new("x".into(), &nodes, &[(0, 59, 1)], "incidents");
        let reach: f64 = chart.arcs[0].path.split(['C', ' ']).nth(2).unwrap().parse().unwrap();
        assert!(reach * 0.75 <= WIDTH, "{reach}");
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        assert_eq!(shortened(&"ü".repeat(40)).chars().count(), LONGEST);
        assert_eq!(shortened("short"), "short");
    }
}
