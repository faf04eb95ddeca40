SELECT r.rolname, r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_class c
               WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('workspaces', 'contacts', 'leads')
                 AND pg_has_role(r.oid, c.relowner, 'MEMBER')) AS is_owner
FROM pg_roles r
WHERE r.rolname = current_user;
