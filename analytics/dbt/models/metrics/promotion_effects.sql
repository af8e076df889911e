{% set days = var("promotion_days") %}

-- As many whole weeks after the start as are over, and as many before, so that both have the same weekdays.
with promotions as (
    select
        promotions.*,
        products.category,
        least({{ days }}, 7 * (({{ as_of() }} - promotions.started_on + 1) / 7)) as days_compared
    from {{ ref("int_promotions") }} as promotions
    inner join {{ ref("dim_products") }} as products on products.product_id = promotions.product_id
    where promotions.started_on <= {{ as_of() }}
),

sold as (
    select
        promotions.promotion_id,
        lines.order_date >= promotions.started_on as is_after,
        count(distinct lines.order_id) as orders,
        sum(lines.units) as units,
        sum(lines.paid) as net,
        sum(lines.margin) as margin
    from promotions
    inner join {{ ref("fct_order_lines") }} as lines
        on
            lines.product_id = promotions.product_id
            and lines.order_date >= promotions.started_on - promotions.days_compared
            and lines.order_date < promotions.started_on + promotions.days_compared
    where not lines.is_cancelled
    group by 1, 2
)

select
    promotions.promotion_id,
    promotions.product_id,
    promotions.started_on,
    promotions.ended_on,
    cast(promotions.price_before as numeric(12, 2)) as price_before,
    cast(promotions.price_after as numeric(12, 2)) as price_after,
    cast(promotions.days_compared as integer) as days_compared,
    coalesce(before.orders, 0) as orders_before,
    coalesce(after.orders, 0) as orders_after,
    cast(coalesce(before.units, 0) as bigint) as units_before,
    cast(coalesce(after.units, 0) as bigint) as units_after,
    cast(coalesce(before.net, 0) as numeric(18, 2)) as net_before,
    cast(coalesce(after.net, 0) as numeric(18, 2)) as net_after,
    cast(coalesce(before.margin, 0) as numeric(18, 2)) as margin_before,
    cast(coalesce(after.margin, 0) as numeric(18, 2)) as margin_after,
    {{ change("coalesce(after.net, 0)", "coalesce(before.net, 0)") }} as net_change,
    {{ comparison("coalesce(after.net, 0)", "coalesce(before.net, 0)") }} as comparison,
    exists (
        select
        from promotions as others
        where
            others.category = promotions.category
            and others.promotion_id <> promotions.promotion_id
            and others.started_on < promotions.started_on + {{ days }}
            and coalesce(others.ended_on, date 'infinity') > promotions.started_on - {{ days }}
    ) as is_overlapped,
    coalesce(before.orders, 0) + coalesce(after.orders, 0) >= {{ var("fewest") }} as is_enough
from promotions
left join sold as before on before.promotion_id = promotions.promotion_id and not before.is_after
left join sold as after on after.promotion_id = promotions.promotion_id and after.is_after
