{{ config(schema="marketing_360", alias="customer_activity", materialized="steady_view") }}

select
    activity.customer_id,
    cast(nullif(trim(concat_ws(' ', customers.first_name, customers.last_name)), '') as varchar(101)) as customer_name,
    customers.email as customer_email,
    activity.account_age_days,
    activity.order_id,
    activity.order_total,
    activity.days_from_order_to_ship,
    activity.delivery_status
from {{ port("marketing_360", "customer_activity_open") }} as activity
inner join {{ port("sales_crm", "customers") }} as customers on customers.id = activity.customer_id
