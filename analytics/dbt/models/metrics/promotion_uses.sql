with uses as (
    select
        uses.promotion_id,
        uses.name,
        uses.code,
        uses.customer_id,
        uses.order_date,
        uses.amount,
        orders.gross,
        orders.net
    from {{ ref("fct_promotion_uses") }} as uses
    inner join {{ ref("fct_orders") }} as orders on orders.order_id = uses.order_id
    where not uses.is_cancelled and uses.order_date <= {{ as_of() }}
),

spans (span, days) as (
    values ('all', cast(null as integer)), ('90 days', 90), ('28 days', 28)
)

select
    spans.span,
    uses.promotion_id,
    min(uses.name) as name,
    min(uses.code) as code,
    count(*) as orders,
    count(distinct uses.customer_id) as customers,
    cast(sum(uses.gross) as numeric(18, 2)) as gross,
    cast(sum(uses.amount) as numeric(18, 2)) as discount,
    cast(sum(uses.net) as numeric(18, 2)) as net,
    min(uses.order_date) as first_used_on,
    max(uses.order_date) as last_used_on,
    {{ as_of() }} as as_of
from spans
inner join uses on spans.days is null or uses.order_date > {{ as_of() }} - spans.days
group by spans.span, uses.promotion_id
