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

with orders as (
    select * from {{ ref("stg_shop__orders") }}
    {% if is_incremental() %}
    where updated_at >= {{ since() }}
    {% endif %}
),

lines as (
    select
        order_id,
        cast(sum(units) as bigint) as units,
        count(*) as lines,
        sum(margin) as margin,
        min(promotion_id) as promotion_id
    from {{ ref("fct_order_lines") }}
    {% if is_incremental() %}
    where updated_at >= {{ since() }}
    {% endif %}
    group by order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.store_id,
    orders.channel,
    orders.order_ref,
    orders.state,
    orders.placed_at,
    orders.order_date,
    {{ daypart("orders.order_hour") }} as daypart,
    orders.cancelled_date,
    orders.cancelled_date is not null as is_cancelled,
    coalesce(orders.loyalty, loyalty.loyalty, 0) <> 0 as is_loyal,
    orders.discount > 0 as is_discounted,
    lines.promotion_id,
    lines.lines,
    lines.units,
    cast(orders.gross as numeric(14, 2)) as gross,
    cast(orders.discount as numeric(14, 2)) as discount,
    cast(case when orders.cancelled_date is null then 0 else orders.total end as numeric(14, 2)) as cancelled,
    cast(case when orders.cancelled_date is null then orders.total else 0 end as numeric(14, 2)) as net,
    cast(case when orders.cancelled_date is null then lines.margin else 0 end as numeric(14, 2)) as margin,
    orders.updated_at
from orders
inner join lines on lines.order_id = orders.order_id
left join {{ ref("int_customer_loyalty") }} as loyalty
    on
        loyalty.customer_id = orders.customer_id
        and loyalty.valid_from <= orders.placed_at at time zone 'UTC'
        and loyalty.valid_to > orders.placed_at at time zone 'UTC'
