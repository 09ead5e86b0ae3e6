//! One suite for both databases.

/// Runs each test, a function of the engine, on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() -> anyhow::Result<()> {
                Box::pin(super::$name(varde_persistence::Engine::Sqlite)).await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() -> anyhow::Result<()> {
                Box::pin(super::$name(varde_persistence::Engine::Postgres)).await
            }
        }
    )*};
}
pub(crate) use on_both;
