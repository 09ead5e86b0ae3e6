//! The order of ids drawn within one millisecond: without it, the entries of one transaction stand in a random order.

use std::sync::{Mutex, PoisonError};

/// The twelve bits of a UUIDv7 that follow the millisecond, used as a counter (RFC 9562, section 6.2, method 1).
const MOST: u16 = 0x0fff;

/// The last millisecond and count given.
#[derive(Debug, Default)]
pub(crate) struct IdOrder(Mutex<(u64, u16)>);

impl IdOrder {
    /// The millisecond and count for the next id: above every one given before. A moment that lies back, or a
    /// millisecond that is used up, borrows from the one to come.
    pub(crate) fn next(&self, millis: u64) -> (u64, u16) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = match *last {
            (then, _) if then < millis => (millis, 0),
            (then, MOST) => (then + 1, 0),
            (then, count) => (then, count + 1),
        };
        *last
    }
}

#[cfg(test)]
mod tests {
    use super::IdOrder;

    #[test]
    fn each_is_above_the_one_before_it() {
        let order = IdOrder::default();
        let mut last = order.next(7);
        for millis in [7, 3].into_iter().cycle().take(10_000).chain([9, 20, 20]) {
            let next = order.next(millis);
            assert!(next > last, "{next:?} after {last:?}");
            last = next;
        }
        assert_eq!(last, (20, 1));
    }
}
