//! The gate before each check of a password. It counts the try in the database, so that several gateways count
//! together, and it treats an address that nobody has like any other.

use std::net::{IpAddr, Ipv6Addr};

use uuid::Uuid;
use varde_model::people::email_key;
use varde_persistence::{Tx, throttles};

use super::throttle::{self, Limit, PER_ACCOUNT, PER_CLIENT};
use crate::{Code, Ctx, Refusal, Result};

/// The keys that a try is counted under.
pub(crate) struct Gate {
    account: Uuid,
    client: Option<Uuid>,
}

impl Gate {
    /// The gate for a try with this e-mail address, coming from this network address if it came over the network.
    pub(crate) fn new(ctx: &Ctx, email: &str, client: Option<IpAddr>) -> Self {
        let key = |kind, value: &str| Uuid::from_bytes(ctx.keys().throttle_key(kind, value));
        Self {
            account: key("account", &email_key(email)),
            client: client.map(|address| key("client", &network(address).to_string())),
        }
    }

    /// Lets a try in and counts it.
    ///
    /// # Errors
    /// [`Code::RateLimited`], with the minutes until another is let in.
    pub(crate) async fn enter(&self, ctx: &Ctx) -> Result<()> {
        let tx = ctx.store().write().await?;
        for (key, limit) in self.keys() {
            let tries = throttles::lock(&tx, key, ctx.now).await?;
            match throttle::count(tries, limit, ctx.now) {
                Ok(counted) => throttles::keep(&tx, key, counted).await?,
                Err(until) => {
                    tx.roll_back().await?;
                    metrics::counter!("varde_sign_ins_total", "outcome" => "throttled").increment(1);
                    // Nobody is known yet, so neither is a zone in which an hour could be told.
                    let minutes = (until - ctx.now).num_seconds().max(0) / 60 + 1;
                    return Err(Refusal::new(Code::RateLimited).with("minutes", minutes).into());
                }
            }
        }
        Ok(tx.commit().await?)
    }

    /// Takes the try back: it succeeded. What the account had against it is forgotten; the network address keeps what
    /// others left.
    pub(crate) async fn leave(&self, ctx: &Ctx, tx: &Tx) -> Result<()> {
        for (key, limit) in self.keys() {
            let tries = throttles::lock(tx, key, ctx.now).await?;
            let tries =
                if key == self.account { throttle::forget(tries) } else { throttle::take_back(tries, limit) };
            throttles::keep(tx, key, tries).await?;
        }
        Ok(())
    }

    /// Writes the account's count again as it is: one statement, as the audit entry of a known account's failure, so
    /// that the time taken does not tell the two apart.
    pub(crate) async fn touch(&self, tx: &Tx) -> Result<()> {
        Ok(throttles::touch(tx, self.account).await?)
    }

    /// In the order of the keys: two tries that share both lock them in the same order.
    fn keys(&self) -> Vec<(Uuid, Limit)> {
        let mut keys = vec![(self.account, PER_ACCOUNT)];
        keys.extend(self.client.map(|client| (client, PER_CLIENT)));
        keys.sort_unstable_by_key(|(key, _)| *key);
        keys
    }
}

/// The network that an address stands for: of IPv6, every household has 2^64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("2001:db8:1:2:ffff::1"), "2001:db8:1:2::");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
    }
}
