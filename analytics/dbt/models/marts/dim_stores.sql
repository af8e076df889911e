-- Web, Slack and Telegram are always open; others on the weekdays on which they ever sold, from their first order on.
with sold as (
    select
        store_id,
        min(sales_date) as first_order_date,
        max(sales_date) as last_order_date,
        array_agg(distinct cast(extract(isodow from sales_date) as integer)) as weekdays
    from {{ ref("sales_days") }}
    where units > 0
    group by store_id
)

select
    store_id,
    case when store_id in ('{{ var("channels") | join("', '") }}') then 'channel' else 'branch' end as kind,
    first_order_date,
    last_order_date,
    {% for day in range(1, 8) -%}
    (store_id in ('web', 'slack', 'telegram') or {{ day }} = any(weekdays)) as open_{{ ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day - 1] }}{{ "," if not loop.last }}
    {% endfor %}
from sold
