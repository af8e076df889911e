{{ config(schema="sales_crm", alias="customers", materialized="steady_view") }}

select
    customers.id,
    customers.first_name,
    customers.last_name,
    customers.email,
    customers.signup_date
from {{ ref("crm_customers") }} as customers
inner join {{ port("sales_crm", "customers_open") }} as known on known.id = customers.id
