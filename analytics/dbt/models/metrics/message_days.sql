{{ config(indexes=[{"columns": ["message_date"]}]) }}

-- Of a reason what many share: without what a mail service answered, or when quiet hours end. Why something went out
-- is not said.
with told as (
    select
        *,
        case
            when outcome in ('sending', 'sent') then ''
            when reason like 'quiet hours%' then 'quiet hours'
            else trim(split_part(reason, ' (', 1))
        end as words
    from {{ ref("fct_messages") }}
)

select
    message_date,
    kind,
    channel,
    is_marketing,
    outcome,
    case when words like '%@%' then 'another reason' else words end as reason,
    count(*) as messages
from told
group by 1, 2, 3, 4, 5, 6
