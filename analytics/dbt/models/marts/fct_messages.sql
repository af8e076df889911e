{{
    config(
        materialized="incremental",
        incremental_strategy="merge",
        unique_key="message_id",
        on_schema_change="fail",
        indexes=[{"columns": ["updated_at"], "type": "brin"}, {"columns": ["message_date"]}],
    )
}}

select
    message_id,
    customer_id,
    kind,
    is_marketing,
    channel,
    order_id,
    outcome,
    reason,
    message_date,
    updated_at
from {{ ref("stg_shop__messages") }}
{% if is_incremental() %}
where
    updated_at >= {{ since() }}
    or outcome in ('waiting', 'sending')
    or message_id in (select message_id from {{ this }} where customer_id is null)
{% endif %}
