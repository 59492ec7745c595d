//! What became of action items, told by the versions of their documents: since when each is there, when its state, its due
//! day or its owner changed, and which were taken out while they were still to be done.
//!
//! Every commit is compared with what was before it on its own branch, so that two branches which are merged do not look as
//! if an item had been ticked and opened again.

mod flow;
mod identity;
mod item;
#[cfg(test)]
mod made_up;
mod moved;
mod pairs;
mod story;
mod totals;

pub use flow::LedgerStretch;
pub(crate) use flow::{Stretch, flow};
pub(crate) use identity::{identities, plain_words};
pub(crate) use item::{LedgerItem, items};
pub(crate) use moved::join_moved;
pub(crate) use story::{Event, Happening, Step, Story, stories};
pub use totals::Totals;
pub(crate) use totals::count;
