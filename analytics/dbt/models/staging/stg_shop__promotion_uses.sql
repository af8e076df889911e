select
    uses.order_id,
    uses.promotion_id,
    promotion.name,
    promotion.code,
    promotion.kind,
    uses.amount,
    uses.given_back_at is not null as is_given_back
from {{ source("shop", "promotion_use") }} as uses
inner join {{ source("shop", "promotion") }} as promotion on promotion.promotion_id = uses.promotion_id
