//! How many connections are open, in all and from each client, so that none can take them all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// The connections that are open.
#[derive(Debug)]
pub(crate) struct Seats {
    most: usize,
    most_per_client: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

/// One connection's place; given back when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Arc<Seats>,
    client: Option<IpAddr>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    Service,
    Client,
}

impl Seats {
    pub(crate) fn new(most: usize, most_per_client: usize) -> Self {
        Self { most, most_per_client, taken: Mutex::default() }
    }

    /// Takes a place for a client; where its address is not known, only the bound of the whole service holds.
    pub(crate) fn take(self: &Arc<Self>, client: Option<IpAddr>) -> Result<Seat, Full> {
        let client = client.map(network);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.most {
            return Err(Full::Service);
        }
        if let Some(client) = client {
            let own = taken.by_client.entry(client).or_default();
            if *own >= self.most_per_client {
                return Err(Full::Client);
            }
            *own += 1;
        }
        taken.all += 1;
        Ok(Seat { seats: Arc::clone(self), client })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        if let Some(client) = self.client
            && let Some(own) = taken.by_client.get_mut(&client)
        {
            *own = own.saturating_sub(1);
            if *own == 0 {
                taken.by_client.remove(&client);
            }
        }
    }
}

/// One client has a whole IPv6 network of 64 bits to itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_client_takes_the_places_of_the_others() {
        let seats = Arc::new(Seats::new(3, 2));
        let take = |address: &str| seats.take(Some(address.parse().unwrap()));
        let first = take("192.0.2.1").unwrap();
        let second = take("::ffff:192.0.2.1").unwrap();
        assert_eq!(take("192.0.2.1").unwrap_err(), Full::Client);
        let other = take("2001:db8::1").unwrap();
        assert_eq!(take("192.0.2.7").unwrap_err(), Full::Service);
        drop((first, other));
        let again = take("2001:db8::2").unwrap();
        let _same_network = take("2001:db8::3").unwrap();
        drop((second, again));
        assert_eq!(seats.taken.lock().unwrap().all, 1);
        assert_eq!(seats.taken.lock().unwrap().by_client.len(), 1);
    }
}
