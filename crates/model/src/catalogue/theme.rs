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

    /// The name in files and rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::GoalsAndOperations => "goals_and_operations",
            Theme::FinanceAndBudget => "finance_and_budget",
            Theme::QualityAndPatientSafety => "quality_and_patient_safety",
            Theme::WorkingEnvironment => "working_environment",
            Theme::RecruitmentAndStaffing => "recruitment_and_staffing",
            Theme::Cooperation => "cooperation",
            Theme::Communication => "communication",
            Theme::ValuesAndPrinciples => "values_and_principles",
            Theme::PersonnelResponsibility => "personnel_responsibility",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_one_name_everywhere() {
        for theme in Theme::ALL {
            assert_eq!(serde_json::to_value(theme).unwrap(), theme.as_str());
        }
    }
}
