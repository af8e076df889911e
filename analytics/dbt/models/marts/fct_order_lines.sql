{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="order_id",
        on_schema_change="fail",
        indexes=[
            {"columns": ["updated_at"], "type": "brin"},
            {"columns": ["cancelled_date"], "type": "brin"},
            {"columns": ["order_date"]},
        ],
    )
}}

-- The only one that reads orders and their lines, in one statement: what changes meanwhile is seen wholly or not at all.
with orders as (
    select
        orders.*,
        -- Where an order does not say it: as it was then, or as it was first known.
        coalesce(
            orders.loyalty,
            (
                select periods.loyalty
                from {{ ref("snap_loyalty") }} as periods
                where
                    periods.customer_id = orders.customer_id
                    and coalesce(periods.dbt_valid_to, timestamp 'infinity') > orders.placed_at at time zone 'UTC'
                order by periods.dbt_valid_from
                limit 1
            ),
            0
        ) <> 0 as is_loyal
    from {{ ref("stg_shop__orders") }} as orders
    {% if is_incremental() %}
    where orders.updated_at >= {{ since() }}
    {% endif %}
),

lines as (
    select
        lines.*,
        orders.customer_id,
        orders.store_id,
        orders.channel,
        orders.order_ref,
        orders.state,
        orders.is_loyal,
        orders.placed_at,
        orders.order_date,
        orders.order_hour,
        orders.cancelled_date,
        orders.gross as order_gross,
        orders.discount as order_discount,
        orders.updated_at,
        sum(lines.amount) over in_turn as amount_so_far,
        row_number() over (partition by lines.order_id order by lines.amount desc, lines.line_no) as place
    from {{ ref("stg_shop__order_lines") }} as lines
    inner join orders on orders.order_id = lines.order_id
    window in_turn as (partition by lines.order_id order by lines.line_no rows unbounded preceding)
),

-- An order's discount is shared out by amount, so that the shares are cents and add up to it.
shared as (
    select
        *,
        case
            when order_gross = 0 then 0
            else
                round(order_discount * amount_so_far / order_gross, 2)
                - round(order_discount * (amount_so_far - amount) / order_gross, 2)
        end as discount
    from lines
),

costed as (
    select
        shared.*,
        products.category,
        coalesce(costs.wholesale_cost, products.wholesale_cost) as unit_cost,
        promotions.promotion_id
    from shared
    inner join {{ ref("stg_shop__products") }} as products on products.product_id = shared.product_id
    left join {{ ref("int_product_costs") }} as costs
        on
            costs.product_id = shared.product_id
            and costs.valid_from <= shared.placed_at at time zone 'UTC'
            and costs.valid_to > shared.placed_at at time zone 'UTC'
    left join {{ ref("int_promotions") }} as promotions
        on
            promotions.product_id = shared.product_id
            and promotions.started_at <= shared.placed_at
            and coalesce(promotions.ended_at, timestamptz 'infinity') > shared.placed_at
)

select
    order_id,
    line_no,
    product_id,
    customer_id,
    store_id,
    channel,
    order_ref,
    state,
    is_loyal,
    placed_at,
    category,
    cast(order_date as date) as order_date,
    {{ daypart("order_hour") }} as daypart,
    cast(cancelled_date as date) as cancelled_date,
    cancelled_date is not null as is_cancelled,
    place = 1 as leads_order,
    cast(units as bigint) as units,
    cast(unit_price as numeric(12, 2)) as unit_price,
    cast(amount as numeric(18, 2)) as amount,
    cast(discount as numeric(18, 2)) as discount,
    cast(amount - discount as numeric(18, 2)) as paid,
    cast(unit_cost as numeric(12, 2)) as unit_cost,
    cast(amount - discount - units * unit_cost as numeric(18, 2)) as margin,
    promotion_id,
    updated_at
from costed
