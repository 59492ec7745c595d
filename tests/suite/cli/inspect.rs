//! `ris inspect`.
