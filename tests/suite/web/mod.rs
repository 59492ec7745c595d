//! The browser's face: the router called directly, and a real browser for what only a browser shows.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod actions;
mod api;
mod browser;
mod calendar;
mod causes;
mod compliance;
mod document;
mod feed;
mod files;
mod guard;
mod history;
mod home;
mod hostile;
mod incidents;
mod insights;
mod items_past;
mod ledger;
mod live;
mod one_incident;
mod pages;
mod paste;
mod reading;
mod search;
mod serve;
mod site;
mod source;
mod status;
mod unchanged;

use site::Site;
