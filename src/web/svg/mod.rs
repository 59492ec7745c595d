//! Drawings, made on the server as SVG: geometry here, signs in the templates, colours in the stylesheet.

pub(super) mod timeline;
