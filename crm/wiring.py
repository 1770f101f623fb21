"""What the floors and rooms hand to one another by dotted names, since imports point down.

Settings take it from here; `crm.upward.named` looks it up. Lists are in the order of their use.
"""

# The tables of work, in the order in which a drain looks at them: dotted names of `Table`s.
WORK_TABLES = [
    "leads.scored.flow.TABLE",
    "leads.scored.recounting.TABLE",
    "leads.chances.training.TABLE",
    "leads.enriching.runs.TABLE",
    "leads.enriching.items.TABLE",
    "leads.enriching.upkeep.TABLE",
    "leads.enriching.watching.TABLE",
    "leads.analysing.asking.TABLE",
    "enrichment.phones.uploading.TABLE",
    "campaigns.walk.TABLE",
    "campaigns.asking.inquiries.TABLE",
    "campaigns.asking.verdicts.TABLE",
    "campaigns.schedules.TABLE",
    "leads.bulk.bulk.TABLE",
    "leads.reacting.looking.TABLE",
    "leads.scanning.scan.TABLE",
    "leads.vectors.embedding.TABLE",
    "leads.registers.watch.TABLE",
    "leads.scorecards.trial.TABLE",
    "crm.mail.sending.TABLE",
    "campaigns.reporting.TABLE",
    "crm.keys.models_check.TABLE",
]
# What the worker throws away every hour: dotted names of functions.
TIDYING = [
    "campaigns.asking.forgetting.forget_places",
    "campaigns.asking.forgetting.forget_leftovers",
    "crm.accounts.limits.forget_old",
    "leads.records.touched.forget_old",
    "leads.removal.images.forget_old",
    "leads.scored.thinning.thin",
    "leads.vectors.changes.forget_nobodys",
    "crm.credits.sweeping.release_forgotten",
    "enrichment.emails.domains.forget_old",
    "enrichment.lookups.keeping.forget_old",
    "enrichment.lookups.sweeping.close_forgotten",
]
# What has reserved credits and still needs them: dotted names of functions (tenant, ids) -> those
# of these reservations whose run goes on. What none of them names is given back.
RESERVATIONS_NEEDED = [
    "campaigns.asking.waiting.needed",
    "leads.enriching.runs.needed",
    "leads.analysing.money.needed",
]
# What asks services for money: dotted names of functions (tenant, service, going) -> what those of
# its questions that may go out, and are not answered yet, cost at the most, in millionths of a
# pound. The one whose row has the id `going` does not count.
COSTS_UNDER_WAY = [
    "campaigns.asking.money.costs_under_way",
    "enrichment.lookups.paying.costs_under_way",
    "leads.analysing.money.costs_under_way",
    "leads.vectors.charging.costs_under_way",
]
# What it does every minute, cheap where there is nothing to do: dotted names of functions.
EVERY_MINUTE = [
    "leads.records.tallies.fold",
    "leads.scanning.plan.begin_due",
    "leads.registers.watch.begin_due",
    "leads.enriching.upkeep.begin_due",
    "leads.scored.recounting.begin_due",
    "leads.vectors.embedding.begin_due",
    "leads.chances.training.begin_due",
    "crm.keys.models_check.begin_due",
]
# What says the chances of open leads: dotted names of functions (tenant) -> what
# `leads.scored.storing.Chances` describes, or None.
CHANCES = ["leads.chances.chances.of"]
# What /metrics reads from the database: dotted names of functions that give `Family`s.
METRICS = ["crm.metrics.work.read", "crm.metrics.database.read", "campaigns.metrics.read"]

# Who sees what ----------------------------------------------------------------------------------
# What a person made that others find leads by, beyond the leads' own floor: dotted names of
# functions (membership) -> ids that an `Origin` may refer to.
ORIGINS_SEEN = ["campaigns.sight.refs"]
# The same for those that people in the member's scope made, shared or not.
ORIGINS_MADE = ["campaigns.sight.made"]
# The choices of the filter “Found by”: dotted names of functions (membership, the id that is
# chosen or None) -> pairs of an id and its name.
ORIGINS_OFFERED = ["campaigns.sight.offered"]
# The choices of the filter “Kind of campaign”: dotted names of functions () -> pairs of a kind and
# its name; and (membership, kinds) -> ids of those of these kinds that the member sees.
ORIGIN_KINDS_OFFERED = ["campaigns.kinds.offered"]
ORIGINS_OF_KIND = ["campaigns.sight.of_kind"]
# What some see and others do not: dotted names of `crm.sight.Kind`s.
SIGHT = ["leads.sight.sight.KIND", "leads.saved.saved_views.KIND", "campaigns.sight.KIND"]
# The same in words: (tenant, ids) -> those of a lead's origins that it knows, and
# (company, membership) -> why somebody sees leads by them, with the ids.
ORIGINS_EXPLAINED = ["campaigns.why.found"]
ORIGINS_PARTED = ["campaigns.why.found_parts"]
# What proved a lead to one of its origins: dotted names of functions (lead, ids of origins that the
# reader sees) -> None, or what has `said`, a sentence, and the `url` where more stands.
ORIGINS_PROVEN = ["campaigns.proven.of_lead"]
# What becomes of rows of higher floors when two organisations, contacts or leads are made one:
# dotted names of `leads.merging.relations.Relation`s.
MERGE_RELATIONS = ["campaigns.merged.OF_ORGANISATION", "campaigns.merged.OF_LEAD"]
# What “Who can see this, and why?” is asked of: dotted names of `Kind`s.
SEEN_KINDS = ["leads.sight.why.KIND", "campaigns.why.KIND"]
# What is listed there beside, as `Listed`s: it follows from no role, no team and no share.
SEEN_BESIDE = ["leads.saved.why.LISTED"]

# Who has things wait because of a service's key, and does them at once when it works again, when
# another was put in, or when its budget was raised: dotted names of functions (tenant, service).
KEY_CHANGED: list[str] = [
    "campaigns.asking.waiting.at_once",
    "leads.vectors.embedding.at_once",
    "leads.analysing.analyses.at_once",
]
# Who says how close organisations are to those that were won: dotted names of functions (tenant,
# ids) -> by their ids 0 to 100, or None where nobody can say; those not named keep what they have.
CLOSENESS = ["leads.vectors.closeness.closeness_of"]
# Who scores leads anew when they come closer to those that were won, or go away from them: dotted
# names of functions (leads of one company), and of all its leads, (tenant, why, by or None).
CLOSENESS_CHANGED = ["leads.scored.flow.queue_all"]
ALL_CLOSENESS_CHANGED = ["leads.scored.recounting.begin"]

# People ----------------------------------------------------------------------------------------
# Who comes in by another door than membership: dotted names of functions (request) -> a
# membership that is never saved, or None.
ENTRANCES = ["crm.support.entrance.enter"]
# Who is told when somebody's role or team has changed, and when they are removed: dotted names of
# functions (membership, was, was_in, by), and (membership, by).
MEMBER_CHANGED = ["crm.accounts.standing.changed"]
MEMBER_REMOVED = ["crm.accounts.standing.removed"]
# What can be done to members in the administration, besides their own: dotted names of actions.
MEMBER_ACTIONS = ["crm.accounts.member_actions.reset_second_factor"]
# What is somebody's in a company and must go to others when they leave, in the order in which
# they are told of it: dotted names of `crm.tenants.handovers.Handover`s.
HANDOVERS = [
    "leads.leaving.handover.LEADS",
    "leads.leaving.task_handover.TASKS",
    "campaigns.handover.CAMPAIGNS",
    "campaigns.handover.SCHEDULES",
    "campaigns.handover.TEMPLATES",
    "leads.leaving.handover.SHARED_VIEWS",
    "leads.leaving.handover.PRIVATE_VIEWS",
    "crm.tenants.leaving.TEAMS",
    "crm.joining.handover.INVITATIONS",
    "crm.sharing.handover.SHARES",
    "crm.notices.handover.NOTICES",
    "crm.notices.handover.PREFERENCES",
]
# Where what is shared with a team goes when it ends: functions (team, other team or None, by).
TEAM_SHARES = ["crm.sharing.handover.move"]
# What the company's page in the administration says beside its settings: functions (tenant) ->
# sentences.
COMPANY_NOTES = ["crm.accounts.policy.notes"]

# The command palette ---------------------------------------------------------------------------
# The pages and actions that it offers, in their order: the name of an address without arguments,
# what it is called, its icon, other words by which it is found, and the permission it takes.
PALETTE_PAGES = [
    ("dashboard", "Dashboard", "layout-dashboard", "home figures reports", "SEE_LEADS"),
    ("leads:board", "Board", "square-kanban", "pipeline stages kanban", "SEE_LEADS"),
    ("leads:list", "Leads", "building-2", "list table organisations", "SEE_LEADS"),
    ("leads:tasks", "My tasks", "list-todo", "due reminders", "SEE_LEADS"),
    ("leads:changes", "Recent changes", "undo-2", "moves batches revert", "WORK_LEADS"),
    ("leads:register_news", "Changes in the registers", "landmark", "moved dissolved", "SEE_LEADS"),
    ("leads:proposed", "Proposed values", "list-checks", "decide accept facts", "SEE_LEADS"),
    ("leads:quality", "Data quality", "gauge", "completeness stale upkeep tidy", "SEE_LEADS"),
    ("leads:scorecards", "Scorecards", "sliders-vertical", "points tiers grades", "ADMINISTER"),
    ("leads:rules", "Rules that act by themselves", "zap", "automatic assign when", "ADMINISTER"),
    ("leads:track", "Track record of scores", "chart-line", "calibration lift right", "SEE_LEADS"),
    ("leads:chances", "Chance of winning", "target", "model training won lost", "ADMINISTER"),
    ("leads:closeness", "Closeness", "sparkles", "ideal customer like similar", "SEE_LEADS"),
    ("leads:screening", "TPS and CTPS lists", "phone-off", "screening do not call", "SEE_LEADS"),
    ("leads:proposals", "Suspected duplicates", "copy", "proposals merge same twice", "SEE_LEADS"),
    ("leads:merges", "What was merged", "merge", "unmerge undo", "SEE_LEADS"),
    ("leads:enrichments", "Enrichment", "search-check", "find out more runs people", "SEE_LEADS"),
    ("campaigns:list", "Campaigns", "radar", "runs", "SEE_LEADS"),
    ("campaigns:schedules", "Schedules", "calendar-clock", "campaigns repeat", "SEE_LEADS"),
    ("campaigns:compare", "Compare campaigns", "columns-2", "differences", "SEE_LEADS"),
    ("notices:list", "Notices", "bell", "news unread", "SEE_LEADS"),
    ("notices:settings", "Notifications", "settings-2", "settings e-mail", "SEE_LEADS"),
    ("tenants:people", "People", "users", "colleagues members teams", "SEE_LEADS"),
    ("credits:page", "Credits", "coins", "balance use costs prices", "SEE_CREDITS"),
    ("accounts:page", "Your account", "circle-user-round", "name password sessions", "SEE_LEADS"),
    ("keys:page", "API keys", "key-round", "settings services vendors openai budget", "SEE_KEYS"),
    ("operations:page", "Operations", "activity", "work queue failed", "ADMINISTER"),
    ("admin:index", "Admin", "sliders-horizontal", "administration settings", "ADMINISTER"),
    ("admin:leads_lead_changelist", "Admin: leads", "sliders-horizontal", "", "ADMINISTER"),
    ("admin:tenants_membership_changelist", "Admin: members", "users-round", "", "ADMINISTER"),
    ("admin:joining_invitation_changelist", "Admin: invitations", "mail", "", "ADMINISTER"),
    ("admin:pipeline_stage_changelist", "Admin: stages", "square-kanban", "", "ADMINISTER"),
    ("admin:ledger_auditentry_changelist", "Admin: audit", "scroll-text", "trail", "ADMINISTER"),
]
PALETTE_ACTIONS = [
    ("campaigns:new", "New campaign", "plus", "find leads launch", "RUN_CAMPAIGNS"),
    ("admin:joining_invitation_add", "Invite somebody", "user-plus", "people", "ADMINISTER"),
    ("admin:credits_creditentry_add", "Give credits", "coins", "grant top up", "ADMINISTER"),
]

# Administration --------------------------------------------------------------------------------
# The panels of its first page, in their order: dotted names of functions (request) -> `Panel`.
ADMIN_PANELS = [
    "crm.adminsite.work_panel.read",
    "campaigns.admin_panel.read",
    "crm.keys.admin_panel.read",
    "leads.managing.panel.read",
    "crm.joining.people_panel.read",
    "crm.adminsite.records_panel.read",
]
# Under which word a manager finds which models (or all others of an app), in this order.
ADMIN_SECTIONS = {
    "People": ["tenants.membership", "joining.invitation", "tenants.team", "tenants", "joining"],
    "Leads": ["leads.lead", "leads.organisation", "leads.contact", "leads.score", "leads"],
    "Campaigns": ["campaigns.campaign", "campaigns.run", "campaigns"],
    "Enrichment": [
        "lookups.rules",
        "leads.enrichmentrun",
        "lookups.trackrecord",
        "lookups",
        "leads.enrichmentitem",
    ],
    "Pipeline": ["pipeline"],
    "Credits": ["credits.creditentry", "credits"],
    "Records": [
        "ledger",
        "mail",
        "leads.flowstep",
        "leads.analysis",
        "campaigns.sourcerun",
        "campaigns.inquiry",
        "campaigns.verification",
        "support",
    ],
}
# Shows the history of a row in the administration: the dotted name of a function.
RECORD_HISTORY = ["crm.trail.admin.of_row"]
# What the database writes down of libraries' models, where no verb has told of it: dotted names of
# pairs, the model and its `Audited`.
AUDITED_BESIDE = ["crm.accounts.factors.AUDITED"]
# Writes down who looked at a person's record there: the dotted name of a function (request, row).
RECORD_LOOKS = ["crm.trail.looking.at"]
