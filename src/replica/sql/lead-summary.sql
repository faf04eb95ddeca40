SELECT row_id, id, contact_name, contact_phone, contact_email, contact_company, lead_source, product_interest, stage,
       temperature, lead_score, created_at, last_activity_at, is_converted, assigned_to, team_id, utm_campaign,
       next_follow_up_at, conversion_value, estimated_value, currency, first_response_at, is_test
FROM leads
WHERE row_id = ?1
