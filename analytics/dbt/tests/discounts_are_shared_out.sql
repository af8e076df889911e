{{ config(description="Orders that do not come to what the shop charged and took off, though nothing was written since.") }}

select orders.order_id
from {{ ref("stg_shop__orders") }} as orders
inner join {{ ref("fct_orders") }} as facts
    on facts.order_id = orders.order_id and facts.updated_at = orders.updated_at
where
    {{ "true" if var("checked") == "true" else "orders." ~ var("checked") }}
    and (
        (facts.gross, facts.discount) <> (orders.gross, orders.discount)
        or facts.net + facts.cancelled <> orders.total
    )
