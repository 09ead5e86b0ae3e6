//! What is measured on: a database with a large trust in it, and a cohort that has met six times.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use chrono::{DateTime, Days, NaiveTime, SubsecRound, Utc};
use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;
use varde_model::{
    catalogue::Texts,
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    gathering::{Attendance, Gathering, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId, PersonId},
    local_time,
};
use varde_persistence::{
    Engine, Store, StoreOptions,
    appointments::{self, LeaderFilter},
    cohorts, enrolments, gatherings, organisations, programmes,
};
use varde_throwaway_postgres::{Cluster, Durability};

use crate::{
    child::{self, Environment, Took},
    hr_file::hr_file,
    load::{self, Request},
    proc,
};

/// The code of the cohort that is read.
pub(crate) const CODE: &str = "BENCH";
/// Members of the cohort.
pub(crate) const MEMBERS: u64 = 25;
/// Gatherings of the cohort.
pub(crate) const GATHERINGS: u32 = 6;

const ORGANISATION: &str = "stortrust";
const EMAIL: &str = "koordinator@stortrust.example";
const PASSWORD: &str = "et langt og rolig passord";
/// Not secret at all: it signs the tokens of a service that lives for minutes, on this machine's own network.
const SECRET: &str = "varde-bench 0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A database with what is measured in it.
pub(crate) struct Ground {
    pub(crate) engine: Engine,
    pub(crate) url: String,
    pub(crate) varde: PathBuf,
    pub(crate) store: Store,
    pub(crate) org: OrganisationId,
    pub(crate) members: Vec<Member>,
    pub(crate) gathering: GatheringId,
    /// A leader's employee number.
    pub(crate) leader: String,
    /// What the import of the people took.
    pub(crate) import: Took,
    pub(crate) postmaster: Option<u32>,
    environment: Environment,
    folder: TempDir,
    _cluster: Option<Cluster>,
}

/// Somebody in the cohort.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) person: PersonId,
}

impl Ground {
    /// A new database with `people` employees, imported by the program itself.
    pub(crate) async fn prepare(engine: Engine, varde: &Path, people: usize) -> Result<Self> {
        let mut ground = Self::of_file(engine, varde, &hr_file(people, 7)).await?;
        ground.open_a_cohort().await?;
        ground.analyze().await?;
        Ok(ground)
    }

    /// A new database with the people of an HR file, imported by the program itself, and nothing more.
    pub(crate) async fn of_file(engine: Engine, varde: &Path, people: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("varde-bench-").tempdir()?;
        let (url, cluster) = match engine {
            Engine::Sqlite => (format!("sqlite://{}", folder.path().join("varde.db").display()), None),
            Engine::Postgres => {
                let cluster = tokio::task::spawn_blocking(|| Cluster::start(Durability::Fast)).await??;
                (cluster.url("postgres"), Some(cluster))
            }
        };
        let postmaster = if cluster.is_some() { Some(postmaster(&url).await?) } else { None };
        let secret = folder.path().join("secret");
        std::fs::write(&secret, SECRET)?;
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600))?;
        let environment: Environment = vec![
            ("VARDE_DATABASE_URL", url.clone()),
            ("VARDE_DATA_DIR", folder.path().display().to_string()),
            ("VARDE_AUTH_SECRET_FILE", secret.display().to_string()),
            ("VARDE_HTTP_PUBLIC_URL", "http://varde.stortrust.example".to_owned()),
        ];
        let file = folder.path().join("people.csv");
        std::fs::write(&file, people)?;
        let run =
            async |arguments: &[&str], input: &str| child::run(varde, arguments, &environment, input).await;
        run(&["migrate"], "").await?;
        run(&["organisation", "add", ORGANISATION, "Stortrust sykehus HF"], "").await?;
        let user =
            ["user", "add", "--organisation", ORGANISATION, "--email", EMAIL, "--name", "Kari Koordinator"];
        run(&[&user[..], &["--role", "coordinator", "--password-stdin"]].concat(), PASSWORD).await?;
        let file = file.display().to_string();
        let import = run(&["import-people", &file, "--organisation", ORGANISATION], "").await?;

        let store = Store::connect(&StoreOptions { url: url.clone(), max_connections: 2 }).await?;
        let org = organisations::find_by_key(&store, ORGANISATION).await?.context("the organisation")?.id;
        Ok(Self {
            engine,
            url,
            varde: varde.to_owned(),
            store,
            org,
            members: Vec::new(),
            gathering: GatheringId(Uuid::nil()),
            leader: String::new(),
            import,
            postmaster,
            environment,
            folder,
            _cluster: cluster,
        })
    }

    /// The settings of the product on this ground, with more.
    pub(crate) fn environment(&self, more: &[(&'static str, String)]) -> Environment {
        [&self.environment, more].concat()
    }

    /// A folder for files of the benchmark.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What services on this ground log.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder().join("service.log")
    }

    /// The database by name.
    pub(crate) fn name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }

    /// CPU time so far of the database's own processes.
    pub(crate) fn database_cpu(&self) -> Result<std::time::Duration> {
        self.postmaster.map_or(Ok(std::time::Duration::ZERO), proc::cpu_of_children)
    }

    /// A running gateway, and a coordinator's token for it.
    pub(crate) async fn gateway(&self) -> Result<(child::Service, String)> {
        self.serve(&["serve", "--only", "gateway"], &[]).await
    }

    /// The same of a service with more arguments and settings.
    pub(crate) async fn serve(
        &self,
        arguments: &[&str],
        more: &[(&'static str, String)],
    ) -> Result<(child::Service, String)> {
        let address = child::free_address()?;
        let listen = [("VARDE_HTTP_LISTEN", address.to_string())];
        let environment = self.environment(&[&listen, more].concat());
        let (service, _) =
            child::start(&self.varde, arguments, &environment, (address, "/readyz", &self.log())).await?;
        let document = "mutation ($email: String!, $password: String!) {
            signIn(input: { email: $email, password: $password }) { accessToken errors { code message } } }";
        let body = json!({ "query": document, "variables": { "email": EMAIL, "password": PASSWORD } });
        let answer = load::ask(address, &Request::post("/graphql", &body, None)).await?.json()?;
        let token = answer["data"]["signIn"]["accessToken"].as_str();
        let token = token.with_context(|| format!("signing in: {answer}"))?.to_owned();
        Ok((service, token))
    }

    /// The bare driver on this ground.
    pub(crate) async fn floor(&self) -> Result<child::Service> {
        let (own, address) = (std::env::current_exe()?, child::free_address()?);
        let listen = address.to_string();
        let arguments = ["floor", "--database-url", &self.url, "--listen", &listen];
        Ok(child::start(&own, &arguments, &Vec::new(), (address, "/ready", &self.log())).await?.0)
    }

    async fn open_a_cohort(&mut self) -> Result<()> {
        let now = Utc::now().trunc_subsecs(6);
        let mut ids = Ids { now, last: 0 };
        let leaders = appointments::leader_page(
            &self.store,
            self.org,
            now.date_naive(),
            &LeaderFilter::default(),
            None,
            MEMBERS,
        )
        .await?;
        self.leader = leaders.first().context("a leader")?.person.employee_number.clone();
        let cohort = self.cohort(&mut ids).await?;
        let met: Vec<Gathering> =
            (1..=GATHERINGS).map(|position| gathering(&mut ids, cohort.id, position)).collect();
        self.gathering = met.first().context("a gathering")?.id;
        let places: Vec<Enrolment> = leaders
            .iter()
            .map(|leader| Enrolment {
                id: ids.next(),
                cohort: cohort.id,
                person: leader.person.id,
                state: EnrolmentState::Enrolled,
                queue_number: None,
                answer_by: None,
                since: now,
                reason: None,
                overridden: false,
                moved_from: None,
                group: None,
                version: 1,
            })
            .collect();
        self.members =
            places.iter().map(|place| Member { enrolment: place.id, person: place.person }).collect();
        let mut attended = Vec::new();
        for gathering in &met {
            for (index, place) in places.iter().enumerate() {
                let presence = if index % 5 == 0 { Presence::Partly } else { Presence::Present };
                let record =
                    Attendance { gathering: gathering.id, enrolment: place.id, presence, recorded_at: now };
                attended.push((ids.next(), record));
            }
        }
        let tx = self.store.write().await?;
        cohorts::insert(&tx, self.org, &cohort, now).await?;
        gatherings::insert_many(&tx, self.org, &met).await?;
        enrolments::insert_many(&tx, self.org, &places, now).await?;
        gatherings::put_attendance(&tx, self.org, &attended).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets the database see how much there is. The throw-away server has no autovacuum, which would do this within a minute of
    /// an import.
    pub(crate) async fn analyze(&self) -> Result<()> {
        if self.engine == Engine::Postgres {
            let mut connection = PgConnection::connect(&self.url).await?;
            sqlx::query("ANALYZE").execute(&mut connection).await?;
        }
        Ok(())
    }

    /// Runs a command of the product for the trust.
    pub(crate) async fn command(&self, arguments: &[&str]) -> Result<Took> {
        let arguments = [arguments, &["--organisation", ORGANISATION]].concat();
        child::run(&self.varde, &arguments, &self.environment, "").await
    }

    async fn cohort(&self, ids: &mut Ids) -> Result<Cohort> {
        let version = programmes::latest_versions(&self.store, self.org).await?.into_iter().next();
        let version = version.context("a programme of the catalogue")?;
        Ok(Cohort {
            id: ids.next(),
            programme: version.programme,
            programme_version: version.id,
            code: CODE.to_owned(),
            title: "Nye ledere".to_owned(),
            state: CohortState::Running,
            capacity: 25,
            place: Some("Store auditorium".to_owned()),
            link: None,
            answer_days: 14,
            hold_hours: 48,
            cutoff_hours: 72,
            cancel_reason: None,
            version: 1,
            coordinators: Vec::new(),
        })
    }
}

/// The n-th gathering, some weeks ago.
fn gathering(ids: &mut Ids, cohort: CohortId, position: u32) -> Gathering {
    let zone = chrono_tz::Europe::Oslo;
    let date = ids.now.date_naive() - Days::new(7 * u64::from(1 + GATHERINGS - position));
    let starts = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    let ends = NaiveTime::from_hms_opt(15, 30, 0).unwrap_or_default();
    Gathering {
        id: ids.next(),
        cohort,
        position,
        title: Texts::same(format!("Samling {position}")),
        date,
        starts,
        ends,
        zone,
        starts_at: local_time::instant(date, starts, zone),
        ends_at: local_time::instant(date, ends, zone),
        place: None,
        room: Some("Rom 3".to_owned()),
        link: None,
        cancelled: false,
        sequence: 0,
        version: 1,
        blocks: Vec::new(),
        former: Vec::new(),
        cancel_reason: None,
        group: None,
    }
}

/// Ids of the form that the product draws, counted instead of drawn.
pub(crate) struct Ids {
    pub(crate) now: DateTime<Utc>,
    pub(crate) last: u64,
}

impl Ids {
    pub(crate) fn next<T: From<Uuid>>(&mut self) -> T {
        self.last += 1;
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or_default();
        let mut bytes = [7; 10];
        bytes[2..].copy_from_slice(&self.last.to_be_bytes());
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }
}

/// The process above the backends of a server.
async fn postmaster(url: &str) -> Result<u32> {
    let mut connection = PgConnection::connect(url).await?;
    let (backend,): (i32,) = sqlx::query_as("SELECT pg_backend_pid()").fetch_one(&mut connection).await?;
    connection.close().await?;
    proc::parent(u32::try_from(backend)?)
}
