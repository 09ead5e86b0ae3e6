//! What a coordinator does about items.
