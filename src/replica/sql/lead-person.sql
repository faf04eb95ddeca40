UPDATE leads
SET contact_name = ?2, contact_phone = ?3, contact_email = ?4, contact_company = ?5, sort_key = ?6
WHERE contact_id = ?1
  AND (contact_name IS NOT ?2 OR contact_phone IS NOT ?3 OR contact_email IS NOT ?4 COLLATE BINARY OR contact_company IS NOT ?5)
RETURNING id
