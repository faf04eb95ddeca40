PRAGMA query_only = ON;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -8192;
PRAGMA temp_store = MEMORY;
