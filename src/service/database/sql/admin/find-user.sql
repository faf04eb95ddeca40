SELECT id FROM users WHERE email_norm = $1;
