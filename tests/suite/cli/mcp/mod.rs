//! `ris mcp`: a real process, spoken to as an assistant speaks to it.

mod masked;
mod protocol;
mod talk;
mod tools;

use talk::Talk;
