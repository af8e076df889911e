select
    returns.return_id,
    lines.line_no,
    returns.order_id,
    returns.kind,
    returns.state,
    returns.reason,
    returns.condition,
    {{ local_date("returns.requested_at") }} as requested_date,
    {{ local_date("returns.received_at") }} as received_date,
    {{ local_date("returns.settled_at") }} as settled_date,
    lines.product_id,
    lines.quantity as units,
    lines.amount as paid,
    nullif(lines.replacement_id, '') as replacement_id,
    lines.back,
    returns.updated_at
from {{ source("shop", "order_return") }} as returns
inner join {{ source("shop", "order_return_line") }} as lines on lines.return_id = returns.return_id
