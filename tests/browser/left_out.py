"""The named addresses that are no page, and why; `test_addresses` holds each to its reason."""

from collections.abc import Callable

from playwright.sync_api import APIResponse

SENDS = "takes a form and shows no page of its own"
PART = "a part of a page, and looked at there"
DATA = "a file, or data for a script"
LEADS_ON = "leads on to another address"
CLOSED = "nobody may do that in the administration; they get the one page of refusals"
MACHINES = "for machines"
CLOSES = "works in an empty installation alone; its page is among the seldom ones"

REASONS: dict[str, Callable[[APIResponse], bool]] = {
    SENDS: lambda answer: answer.status == 405,
    PART: lambda answer: answer.ok and b"<html" not in answer.body(),
    DATA: lambda answer: answer.ok and "text/html" not in answer.headers["content-type"],
    LEADS_ON: lambda answer: answer.status == 302,
    CLOSED: lambda answer: answer.status == 403,
    MACHINES: lambda answer: "text/html" not in answer.headers["content-type"],
    CLOSES: lambda answer: answer.status == 410,
}


def _of(space: str, names: str) -> tuple[str, ...]:
    return tuple(f"{space}:{name}" for name in names.split())


BY_REASON: dict[str, tuple[str, ...]] = {
    SENDS: (
        *_of("operations", "all_again again set_aside"),
        *_of("why", "revoke"),
        *_of("admin", "logout"),
        *_of("notices", "test"),
        *_of("support", "end enter leave"),
        *_of("leads", "notes deal calls automatic task_done task_drop task_open"),
        *_of("leads", "contact_remove contact_first tags tag_off bulk bulk_stop"),
        *_of("leads", "merge_undo propose proposal_settle share unshare undo"),
        *_of("leads", "view_save view_replace view_delete view_choose view_all"),
        *_of("leads", "view_share view_unshare columns"),
        *_of("leads", "scan_begin scan_stop scan_plan"),
        *_of("leads", "enrichment_pause enrichment_resume enrichment_cancel"),
        *_of("leads", "fact_accept fact_dismiss fact_take_back fact_wrong"),
        *_of("leads", "website_theirs website_not_theirs"),
        *_of("leads", "proposed_accept proposed_dismiss proposed_undo proposed_ticked"),
        *_of("leads", "quality_settle quality_tidy screening_upload screening_remove"),
        *_of("leads", "chances_train analysis_ask"),
        *_of("leads", "scorecard_draft scorecard_discard"),
        *_of("leads", "rule_off rule_delete"),
        *_of("campaigns", "launch overrule share unshare rename forget again more"),
        *_of("campaigns", "schedule_off schedule_on schedule_remove pause resume cancel"),
        *_of("campaigns", "look name planning_delete planning_replace planning_upload"),
        *_of("credits", "warning"),
        *_of("keys", "put test remove limit"),
        *_of("tenants", "choose sign_out"),
        *_of("accounts", "profile password new_address keep_address end_others end_session"),
        *_of("accounts", "remove_app remove_passkey codes"),
    ),
    PART: (
        *_of("operations", "live"),
        *_of("notices", "letters unread"),
        *_of("leads", "search_options"),
        *_of("campaigns", "progress quote"),
    ),
    DATA: (
        *_of("admin", "jsi18n ledger_auditentry_export"),
        *_of("leads", "export_one export board_news"),
        *_of("credits", "export"),
        *_of("tenants", "by_passkey"),
    ),
    LEADS_ON: (
        *_of("leads", "enrichment_progress"),
        *_of("leads", "timeline known count view proposed_count quality_upkeep"),
        *_of("leads", "screening_news scorecard_preview_news rule_leads"),
        *_of("leads", "chances_training"),
        # Without a search under way, and with nothing that is surely one.
        *_of("leads", "scan_news merge_sure"),
        *_of("admin", "login tenants_membership_add tenants_membership_delete"),
        *_of("admin", "support_consent_add lookups_rules_add"),
        # Without a key of the installation.
        *_of("admin", "keys_systemkey_change keys_systemkey_history"),
    ),
    CLOSED: (
        *_of("admin", "autocomplete tenants_tenant_add tenants_tenant_delete"),
        *_of("admin", "django_q_success_add django_q_failure_add django_q_ormq_add"),
        *_of("admin", "axes_accessattempt_add axes_accesslog_add axes_accessfailurelog_add"),
        *_of("admin", "ledger_auditentry_add ledger_auditentry_delete mail_mail_add"),
        *_of("admin", "mail_mail_delete pipeline_pipeline_add pipeline_pipeline_delete"),
        *_of("admin", "pipeline_stage_delete joining_invitation_delete support_consent_delete"),
        *_of("admin", "leads_lead_add leads_lead_delete leads_organisation_add"),
        *_of("admin", "leads_organisation_delete leads_contact_add leads_contact_delete"),
        *_of("admin", "leads_score_add leads_score_delete leads_flowstep_add"),
        *_of("admin", "leads_scorecard_add leads_scorecard_delete"),
        *_of("admin", "leads_analysis_add leads_analysis_delete"),
        *_of("admin", "leads_flowstep_delete campaigns_campaign_add campaigns_campaign_delete"),
        *_of("admin", "campaigns_template_add campaigns_template_delete campaigns_run_add"),
        *_of("admin", "campaigns_run_delete campaigns_sourcerun_add campaigns_sourcerun_delete"),
        *_of("admin", "campaigns_schedule_add campaigns_schedule_delete campaigns_finding_add"),
        *_of("admin", "campaigns_finding_delete registers_register_add"),
        *_of("admin", "registers_register_delete registers_load_add registers_load_delete"),
        *_of("admin", "registers_change_add registers_change_delete"),
        *_of("admin", "campaigns_inquiry_add campaigns_inquiry_delete"),
        *_of("admin", "leads_enrichmentrun_add leads_enrichmentrun_delete"),
        *_of("admin", "leads_enrichmentitem_add leads_enrichmentitem_delete"),
        *_of("admin", "lookups_lookup_add lookups_lookup_delete lookups_rules_delete"),
        *_of("admin", "lookups_trackrecord_add lookups_trackrecord_delete"),
        *_of("admin", "campaigns_verification_add campaigns_verification_delete"),
        *_of("admin", "credits_creditentry_delete credits_price_delete credits_rate_delete"),
        *_of("admin", "credits_exchange_delete credits_vendorprice_delete"),
        *_of("admin", "keys_credential_add keys_credential_delete keys_systemkey_add"),
        *_of("admin", "keys_systemkey_delete outside_breaker_add outside_breaker_delete"),
    ),
    MACHINES: ("healthz", "metrics"),
    CLOSES: ("founding:found",),
}
LEFT_OUT = {name: reason for reason, names in BY_REASON.items() for name in names}
