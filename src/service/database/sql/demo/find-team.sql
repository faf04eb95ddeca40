SELECT EXISTS (SELECT FROM teams WHERE workspace_id = $1 AND id = $2) AS is_there;
