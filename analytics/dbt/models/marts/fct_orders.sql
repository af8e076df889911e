{{
    config(
        materialized="incremental",
        incremental_strategy="merge",
        unique_key="order_id",
        on_schema_change="fail",
        indexes=[
            {"columns": ["updated_at"], "type": "brin"},
            {"columns": ["customer_id", "order_date"]},
            {"columns": ["order_date"]},
            {"columns": ["cancelled_date"]},
        ],
    )
}}

{% set said = ["customer_id", "store_id", "channel", "order_ref", "state", "placed_at", "order_date", "daypart", "cancelled_date", "updated_at"] %}

-- Made of the lines, so that both are of the same moment. What all lines say of their order is taken from one of them.
with summed as (
    select
        order_id,
        {% for column in said %}
        min({{ column }}) filter (where leads_order) as {{ column }},
        {% endfor %}
        bool_or(is_cancelled) as is_cancelled,
        bool_or(is_loyal) as is_loyal,
        min(promotion_id) as promotion_id,
        count(*) as lines,
        sum(units) as units,
        sum(amount) as gross,
        sum(discount) as discount,
        sum(paid) as paid,
        sum(margin) as margin
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
