SELECT row_id, contact_company FROM leads WHERE shown = 1
