"""What the shop shows as charts: each made once, as data for a browser (Vega-Lite), or drawn for mails and chats."""
