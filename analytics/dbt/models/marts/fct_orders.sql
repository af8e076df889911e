{{
    config(
        materialized="incremental",
        incremental_strategy="merge",
        unique_key="order_id",
        on_schema_change="fail",
        indexes=[
            {"columns": ["updated_at"], "type": "brin"},
            {"columns": ["customer_id"]},
            {"columns": ["order_date"]},
        ],
    )
}}

-- Made of the lines, so that both are of the same moment; what is said of an order is the same on each of its lines.
with summed as (
    select
        order_id,
        min(customer_id) as customer_id,
        min(store_id) as store_id,
        min(channel) as channel,
        min(order_ref) as order_ref,
        min(state) as state,
        min(placed_at) as placed_at,
        min(order_date) as order_date,
        min(daypart) as daypart,
        min(cancelled_date) as cancelled_date,
        bool_or(is_cancelled) as is_cancelled,
        bool_or(is_loyal) as is_loyal,
        min(promotion_id) as promotion_id,
        count(*) as lines,
        sum(units) as units,
        sum(amount) as gross,
        sum(discount) as discount,
        sum(paid) as paid,
        sum(margin) as margin,
        min(updated_at) as updated_at
    from {{ ref("fct_order_lines") }}
    {% if is_incremental() %}
    where updated_at >= {{ since() }}
    {% endif %}
    group by order_id
)

select
    order_id,
    customer_id,
    store_id,
    channel,
    order_ref,
    state,
    placed_at,
    order_date,
    daypart,
    cancelled_date,
    is_cancelled,
    is_loyal,
    discount > 0 as is_discounted,
    promotion_id,
    lines,
    cast(units as bigint) as units,
    cast(gross as numeric(18, 2)) as gross,
    cast(discount as numeric(18, 2)) as discount,
    cast(case when is_cancelled then paid else 0 end as numeric(18, 2)) as cancelled,
    cast(case when is_cancelled then 0 else paid end as numeric(18, 2)) as net,
    cast(case when is_cancelled then 0 else margin end as numeric(18, 2)) as margin,
    updated_at
from summed
