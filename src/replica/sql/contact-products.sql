SELECT product_interest, is_converted IS NOT 1 AND lost_at IS NULL FROM leads WHERE contact_id = ?1 AND shown = 1
