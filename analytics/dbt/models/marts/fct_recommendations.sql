select
    impressions.impression_id,
    impressions.placement,
    impressions.product_id,
    impressions.shown_date,
    impressions.added_at is not null as was_added,
    impressions.dismissed_at is not null as was_dismissed,
    impressions.order_id is not null as was_ordered,
    impressions.order_id,
    cast(coalesce(lines.paid, 0) as numeric(18, 2)) as paid
from {{ ref("stg_shop__impressions") }} as impressions
left join (
    select order_id, product_id, sum(paid) as paid
    from {{ ref("fct_order_lines") }}
    where not is_cancelled and order_id in (select order_id from {{ ref("stg_shop__impressions") }})
    group by order_id, product_id
) as lines on lines.order_id = impressions.order_id and lines.product_id = impressions.product_id
