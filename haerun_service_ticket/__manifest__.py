{
    "name": "Hairun Service Tickets",
    "summary": "服务工单: petitions, forwarded cases and work orders",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Qingdao Hairun Water",
    "category": "Services",
    "depends": ["haerun_meter"],
}
