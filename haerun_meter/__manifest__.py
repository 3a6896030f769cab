{
    "name": "Hairun Meters and Accounts",
    "summary": "营销: water accounts, meter reading and charging",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Qingdao Hairun Water",
    "category": "Services",
    "depends": ["haerun_customer_rep"],
}
