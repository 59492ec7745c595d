//! Reads the built-in tables: tabs between columns, `#` before comments, `-` for nothing.

/// Returns the rows of a table, each with exactly `N` columns.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t').map(|cell| if cell == "-" { "" } else { cell });
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}
