{{ config(description="Days on which the sales are not what orders, cancellations and returns come to.") }}

with days as (
    select sales_date, sum(orders) as orders, sum(net) as net
    from {{ ref("sales_days") }}
    where {{ "true" if var("checked") == "true" else "sales_date > " ~ as_of() ~ " - 7" }}
    group by sales_date
),

counted as (
    select order_date as sales_date, count(*) as orders, sum(gross - discount) as net
    from {{ ref("fct_orders") }}
    where {{ "true" if var("checked") == "true" else "order_date > " ~ as_of() ~ " - 7" }}
    group by order_date
    union all
    select cancelled_date, 0, -sum(cancelled)
    from {{ ref("fct_orders") }}
    where is_cancelled and {{ "true" if var("checked") == "true" else "cancelled_date > " ~ as_of() ~ " - 7" }}
    group by cancelled_date
    union all
    select settled_date, 0, -sum(refunded)
    from {{ ref("fct_returns") }}
    where is_settled and {{ "true" if var("checked") == "true" else "settled_date > " ~ as_of() ~ " - 7" }}
    group by settled_date
),

expected as (
    select sales_date, sum(orders) as orders, sum(net) as net
    from counted
    group by sales_date
)

select coalesce(days.sales_date, expected.sales_date) as sales_date
from days
full join expected on expected.sales_date = days.sales_date
where (days.orders, days.net) is distinct from (expected.orders, expected.net)
