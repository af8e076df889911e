{{ config(description="Whether the groups of customers do not hold every customer once, or not all of the 365 days' revenue.") }}

select
    counted.customers,
    counted.net
from (
    select
        coalesce(sum(customers), 0) as customers,
        coalesce(sum(net_last_365), 0) as net
    from {{ ref("customer_groups") }}
) as counted
cross join (select count(*) as customers from {{ ref("dim_customers") }}) as listed
cross join (
    select coalesce(sum(net_last_365), 0) as net
    from {{ ref("int_customers_scored") }}
    where as_of = {{ as_of() }}
) as paid
where counted.customers <> listed.customers or counted.net <> paid.net
