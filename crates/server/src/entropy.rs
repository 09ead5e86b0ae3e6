//! Randomness from the operating system.

use rand::Rng;
use varde_app::Entropy;

/// A generator that the operating system seeds.
#[derive(Debug)]
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "the service's one source of randomness; everyone else is given it"
    )]
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}
