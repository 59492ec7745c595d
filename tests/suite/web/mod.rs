//! The browser's face: the router called directly, and a real browser for what only a browser shows.

mod browser;
mod document;
mod files;
mod guard;
mod home;
mod hostile;
mod live;
mod paste;
mod search;
mod serve;
mod site;
mod source;
mod status;

use site::Site;
