select * from {{ ref("stg_shop__conversation_days") }}
