-- Web, Slack and Telegram are always open; others on the weekdays on which they ever sold, from their first order on.
with sold as (
    select
        store_id,
        min(store_kind) as kind,
        min(order_date) as first_order_date,
        max(order_date) as last_order_date,
        array_agg(distinct cast(extract(isodow from order_date) as integer)) as weekdays
    from {{ ref("stg_shop__orders") }}
    group by store_id
)

select
    store_id,
    kind,
    first_order_date,
    last_order_date,
    {% for day in range(1, 8) -%}
    (store_id in ('web', 'slack', 'telegram') or {{ day }} = any(weekdays)) as open_{{ ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day - 1] }}{{ "," if not loop.last }}
    {% endfor %}
from sold
