//! What a resolution says, and what is left alone.
