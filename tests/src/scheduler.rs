//! The scheduler on both databases, with a real SMTP server where mail goes out.

mod bench;
mod crowd;
mod delivery;
mod digest;
mod hanging;
mod links;
mod lives;
mod timers;

/// Runs a test on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$name($crate::scheduler::bench::Bench::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$name($crate::scheduler::bench::Bench::postgres().await).await;
            }
        }
    )*};
}
pub(crate) use on_both;
