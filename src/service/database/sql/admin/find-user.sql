SELECT id, name FROM users WHERE email_norm = $1;
