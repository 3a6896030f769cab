{
    "name": "Hairun Customer Representatives",
    "summary": "客户代表制: representatives, A/B roles, time limits, hookup projects",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Qingdao Hairun Water",
    "category": "Services",
    "depends": ["hr", "hr_holidays", "mail", "resource", "web"],
    "external_dependencies": {"python": ["chinesecalendar", "openpyxl"]},
    "data": [
        "security/haerun_groups.xml",
        "views/haerun_menus.xml",
        # exchange
        "security/exchange/ir.model.access.csv",
        "security/exchange/import_run_rules.xml",
        "views/exchange/import_wizard_views.xml",
        # people
        "security/people/ir.model.access.csv",
        "security/people/haerun_area_responsible_rules.xml",
        "security/people/haerun_representative_rules.xml",
        "security/people/haerun_substitution_rules.xml",
        "data/people/ir_cron.xml",
        "data/people/mail_activity_type.xml",
        # time
        "security/time/ir.model.access.csv",
        "data/time/resource_calendar_data.xml",
        "data/time/haerun_workday_data.xml",
        "security/time/haerun_clock_rules.xml",
        "security/time/haerun_supervision_notice_rules.xml",
        "data/time/mail_activity_types.xml",
        "data/time/haerun_pause_reasons.xml",
        "data/time/haerun_escalation_ladders.xml",
        "data/time/haerun_notice_templates.xml",
        "data/time/haerun_notice_limits.xml",
        "data/time/ir_cron.xml",
        "views/time/haerun_workday_views.xml",
        "views/time/resource_calendar_views.xml",
        # hookup
    ],
    "assets": {
        "web.assets_backend": [
            "haerun_customer_rep/static/src/import_progress/*",
            "haerun_customer_rep/static/src/people/**/*",
            "haerun_customer_rep/static/src/workday/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
