//! Tables of actions. A table with an `Action` column may as well describe an API: it counts only with a column for
//! owner, due date, status, priority or ticket, or in a section about actions.

use super::due;
use super::fields::Fields;
use super::item;
use crate::model::ItemState;
use crate::parse::extract::Source;
use crate::parse::vocabulary::{ColumnRole, LabelRole, Vocabulary, fold};

/// Which column holds what.
#[derive(Debug, Default)]
pub(super) struct Columns {
    text: usize,
    /// The header names the column of the text.
    has_text: bool,
    owner: Option<usize>,
    due: Option<usize>,
    status: Option<usize>,
    priority: Option<usize>,
    sort: Option<usize>,
    done_when: Option<usize>,
    estimate: Option<usize>,
    depends_on: Option<usize>,
    ticket: Option<usize>,
    number: Option<usize>,
    /// When it was done.
    completed: Option<usize>,
    /// Nothing but a status says that these are actions: it has to be one (`Item | Status` lists what came of parts).
    by_status: bool,
}

impl Columns {
    /// Reads a header row; `None` if the table holds no actions.
    pub(super) fn of_header<'a>(cells: impl Iterator<Item = &'a str>, about_actions: bool) -> Option<Self> {
        let mut columns = Self::default();
        let mut text = None;
        let (mut described, mut first_free, mut has_time) = (None, None, false);
        for (index, cell) in cells.enumerate() {
            let words = Vocabulary::get();
            let folded = fold(cell);
            let roles = words.label(&folded);
            let column = words.column(&folded);
            let names_action = column.contains(&ColumnRole::Action);
            let slot = if names_action && text.is_none() && !column.contains(&ColumnRole::Event) {
                &mut text
            } else if column.contains(&ColumnRole::Completed) {
                &mut columns.completed
            } else if column.contains(&ColumnRole::Status) {
                &mut columns.status
            } else if column.contains(&ColumnRole::DoneWhen) {
                &mut columns.done_when
            } else if roles.means(LabelRole::ItemOwner) {
                &mut columns.owner
            } else if roles.means(LabelRole::Due) {
                &mut columns.due
            } else if roles.means(LabelRole::Priority) || roles.means(LabelRole::Severity) {
                &mut columns.priority
            } else if roles.means(LabelRole::Estimate) {
                &mut columns.estimate
            } else if roles.means(LabelRole::DependsOn) {
                &mut columns.depends_on
            } else if roles.means(LabelRole::Ticket) {
                &mut columns.ticket
            } else if column.contains(&ColumnRole::Sort) {
                &mut columns.sort
            } else if column.contains(&ColumnRole::Number) || cell == "#" || folded.is_empty() {
                &mut columns.number
            } else if names_action && described.is_none() {
                // `Description` may tell of anything; it tells more than a column without a name that is known.
                &mut described
            } else {
                let is_time = column.contains(&ColumnRole::Time);
                // `Action | Who | When` asks by when; `When | Action` tells what was done.
                let asks = is_time && about_actions && text.or(described).is_some() && columns.owner.is_some();
                has_time |= is_time && !asks;
                if asks { &mut columns.due } else { &mut first_free }
            };
            slot.get_or_insert(index);
        }
        let about_items = columns.owner.or(columns.due).or(columns.status).or(columns.priority).or(columns.ticket);
        let is_list = text.is_some() && about_items.is_some() && !has_time;
        columns.has_text = text.is_some();
        columns.by_status =
            !about_actions && columns.owner.or(columns.due).or(columns.priority).or(columns.ticket).is_none();
        columns.text = text.or(described).or(first_free).or(columns.sort).or(columns.number)?;
        columns.sort = columns.sort.filter(|it| *it != columns.text);
        (is_list || (about_actions && !has_time)).then_some(columns)
    }

    /// Reads a row.
    pub(super) fn read(&self, source: &Source<'_>, cells: &[&str]) -> Option<Fields> {
        let cell = |index: Option<usize>| {
            let text = cells.get(index?)?.trim();
            (!text.is_empty() && !matches!(text, "-" | "—" | "–" | "N/A" | "n/a" | "TBD")).then_some(text)
        };
        // A column called `Issue` may hold the number, or say what the issue is.
        let told = cell(self.ticket).filter(|text| !self.has_text && text.split_whitespace().count() > 3);
        let mut fields = Fields::of_text(source, told.or(cell(Some(self.text)))?);
        // `[Name]` is for somebody to fill in.
        let named = |text: &&str| !(text.starts_with('[') && text.ends_with(']'));
        fields.owner = cell(self.owner).filter(named).map(str::to_owned).or(fields.owner);
        if let Some(raw) = cell(self.due) {
            fields.due = due::stated(source, None, raw);
            fields.due_raw = Some(raw.to_owned());
        }
        if let Some(status) = cell(self.status) {
            let state = item::state(source, status);
            if self.by_status && state.is_none() {
                return None;
            }
            fields.state = state.or(fields.state);
        }
        let is_completed = cell(self.completed).is_some_and(|text| text.bytes().any(|byte| byte.is_ascii_digit()));
        fields.state = if is_completed { Some(ItemState::Done) } else { fields.state };
        fields.priority = cell(self.priority).map(str::to_owned).or(fields.priority);
        fields.sort = cell(self.sort).map(str::to_owned);
        fields.done_when = cell(self.done_when).map(str::to_owned);
        fields.estimate = cell(self.estimate).map(str::to_owned);
        fields.depends_on = cell(self.depends_on).map(item::dependencies).unwrap_or_default();
        let says_state = |text: &&str| Vocabulary::get().states_item(fold(text).rsplit(' ').next()?);
        let ticket = cell(self.ticket).filter(|text| told.is_none() && says_state(text).is_none());
        fields.tickets.extend(ticket.map(str::to_owned));
        if fields.state.is_none() {
            // `Bug: n/a DONE`
            fields.state = cell(self.ticket).and_then(|text| says_state(&text));
        }
        if is_placeholder(&fields) {
            return None;
        }
        let number = cell(self.number).filter(|number| number.chars().any(char::is_alphabetic));
        fields.id = number.map(str::to_owned).or(fields.id);
        Some(fields)
    }
}

/// `Item 1` of nobody is a template's.
fn is_placeholder(fields: &Fields) -> bool {
    let folded = fold(&fields.text);
    let numbered = folded.rsplit_once(' ').is_some_and(|(name, number)| {
        number.bytes().all(|byte| byte.is_ascii_digit()) && Vocabulary::get().column(name).contains(&ColumnRole::Action)
    });
    numbered && fields.owner.is_none() && fields.due_raw.is_none()
}

#[cfg(test)]
mod tests {
    use crate::model::ItemState;
    use crate::parse::parse;

    #[test]
    fn a_table_has_what_is_to_be_done_where_people_write_it() {
        let read = |table: &str| {
            let text = format!("# T\n\n## Action items\n\n{table}\n");
            let items = parse("a.md", text.as_bytes(), &Default::default()).document.action_items;
            items.into_iter().map(|it| (it.text, it.owner.unwrap_or_default(), it.state)).collect::<Vec<_>>()
        };
        let capa = "| CAPA # | Type | Description | Responsible | Target date | Completed on |\n|---|---|---|---|---|---|\n\
                    | C-1 | Corrective | Rotate the keys | Ana | 2026-03-10 | 2026-03-09 |\n\
                    | C-2 | Preventive | Alert on age | ? | 2026-04-10 | |\n";
        let item = |text: &str, owner: &str, state| (text.to_owned(), owner.to_owned(), state);
        let expected = [item("Rotate the keys", "Ana", ItemState::Done), item("Alert on age", "", ItemState::Open)];
        assert_eq!(read(capa), expected);
        let unnamed = "| Type | What we change | Owner |\n|---|---|---|\n| Preventive | Alert on age | Ana |\n";
        assert_eq!(read(unnamed), [item("Alert on age", "Ana", ItemState::Open)], "its sort is not what is to be done");
        let sorts = "| Type | Owner |\n|---|---|\n| Alert on age | Ana |\n";
        assert_eq!(read(sorts), [item("Alert on age", "Ana", ItemState::Open)], "nothing else is");
        let german = "| Was | Wer | Bis wann |\n|---|---|---|\n| Schlüssel tauschen | Jonas | 2026-03-10 |\n";
        assert_eq!(read(german), [item("Schlüssel tauschen", "Jonas", ItemState::Open)]);
    }

    #[test]
    fn a_table_says_what_sort_it_is_and_what_shows_that_it_is_done() {
        let read = |head: &str| {
            let text = format!(
                "# T\n\n## Action items\n\n{head}\n|---|---|---|---|---|---|\n\
                 | Alert on age | Preventive | Ana | 2026-05-15 | high | a test page pages |\n| Tell the team | | Ana | | | - |\n"
            );
            let items = parse("a.md", text.as_bytes(), &Default::default()).document.action_items;
            items.into_iter().map(|it| (it.text, it.sort, it.done_when)).collect::<Vec<_>>()
        };
        let some = |text: &str| Some(text.to_owned());
        let expected = [
            ("Alert on age".to_owned(), some("Preventive"), some("a test page pages")),
            ("Tell the team".to_owned(), None, None),
        ];
        assert_eq!(read("| Action | Type | Owner | Due | Priority | Done when |"), expected);
        assert_eq!(read("| Maßnahme | Art | Verantwortlich | Bis wann | Priorität | Erledigt wenn |"), expected);
    }

    #[test]
    fn lists_beside_a_table_and_numbers_beside_bullets_are_items_where_somebody_does_them() {
        let count = |text: &str| {
            let text = format!("# T\n\n## Action items\n\n{text}\n");
            parse("a.md", text.as_bytes(), &Default::default()).document.action_items.len()
        };
        let table = "| Action | Owner | Due |\n|---|---|---|\n| Fix the check | Ana | 2026-05-15 |\n";
        assert_eq!(count(&format!("1. Fix the runbook (owner: Ana)\n2. Fix the alert\n\n{table}")), 3);
        assert_eq!(count(&format!("- P0: within a day\n- P1: within a week\n\n{table}")), 1);
        assert_eq!(count("1. Fix the runbook (owner: Ana)\n\n- Fix the alert (owner: Cy)\n"), 2);
        assert_eq!(count("1. Fix the runbook\n\n- Owner: Ana\n\n2. Fix the alert\n\n- in both zones\n"), 2);
    }
}
