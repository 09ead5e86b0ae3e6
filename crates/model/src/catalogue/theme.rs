//! The themes of the competence plan for operative leaders.

use serde::{Deserialize, Serialize};

/// What a part of a gathering teaches, after the competence plan (kompetanseplan).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Mål- og driftsstyring: goals and operational management.
    GoalsAndOperations,
    /// Økonomi og budsjett: finance, budget, billing and invoicing.
    FinanceAndBudget,
    /// Kvalitet og pasientsikkerhet: quality and patient safety.
    QualityAndPatientSafety,
    /// Arbeidsmiljø og sykefravær: working environment and follow-up of sick leave.
    WorkingEnvironment,
    /// Rekruttering og bemanningsplaner: recruitment and staffing plans.
    RecruitmentAndStaffing,
    /// Samhandling: cooperation with unions, safety representatives and other units.
    Cooperation,
    /// Kommunikasjon: communication as a leader's tool.
    Communication,
    /// Verdier og ledelsesprinsipper: the trust's values and principles of leadership.
    ValuesAndPrinciples,
    /// Personalansvar: the personnel responsibility.
    PersonnelResponsibility,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 9] = [
        Theme::GoalsAndOperations,
        Theme::FinanceAndBudget,
        Theme::QualityAndPatientSafety,
        Theme::WorkingEnvironment,
        Theme::RecruitmentAndStaffing,
        Theme::Cooperation,
        Theme::Communication,
        Theme::ValuesAndPrinciples,
        Theme::PersonnelResponsibility,
    ];
}
