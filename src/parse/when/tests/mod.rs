//! Tables of forms and what must be read from them.
